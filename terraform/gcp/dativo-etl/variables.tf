variable "project_id" {
  description = "GCP project of every resource."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("\\A([a-z0-9.-]+:)?[a-z][a-z0-9-]{4,28}[a-z0-9]\\z", var.project_id))
    error_message = "project_id must be the project's id, 6 to 30 lower-case letters, digits or hyphens; not its name and not its number."
  }
}

variable "tenant_id" {
  description = "Tenant whose data lake this is: the `tenant_id` of its jobs."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("\\A[a-z0-9][a-z0-9_-]{0,31}\\z", var.tenant_id))
    error_message = "tenant_id must be 1 to 32 lower-case letters, digits, hyphens or underscores, and start with a letter or digit: it becomes part of names."
  }
}

variable "environment" {
  description = "Environment of the jobs that write here: dev, staging or prod."
  type        = string
  nullable    = false

  validation {
    condition     = contains(["dev", "staging", "prod"], var.environment)
    error_message = "environment must be dev, staging or prod."
  }
}

variable "region" {
  description = "GCP region of bucket and dataset."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("\\A[a-z]+-[a-z]+[0-9]{1,2}\\z", var.region))
    error_message = "region must be the name of a GCP region, such as us-central1; neither a zone nor a multi-region."
  }
}

variable "gcs_bucket_name" {
  description = "Bucket of the data lake; by convention TENANT-dativo-data-lake-ENVIRONMENT."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("\\A[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]\\z", var.gcs_bucket_name)) && alltrue([for part in split(".", var.gcs_bucket_name) : length(part) >= 1 && length(part) <= 63])
    error_message = "gcs_bucket_name must be 3 to 63 lower-case letters, digits, hyphens, underscores and dots (with dots up to 222, each part up to 63), and start and end with a letter or digit."
  }

  validation {
    condition     = !can(regex("\\A([0-9]{1,3}\\.){3}[0-9]{1,3}\\z", var.gcs_bucket_name))
    error_message = "gcs_bucket_name must not look like an IP address."
  }

  validation {
    condition     = !can(regex("\\Agoog|google|g00gle", var.gcs_bucket_name))
    error_message = "gcs_bucket_name must not start with goog and not hold google or anything that looks like it."
  }
}

variable "kms_key_name" {
  description = "Cloud KMS key that encrypts bucket and dataset; null takes Google's own. The service agents of Cloud Storage and BigQuery must be allowed to use it."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_name == null || can(regex("\\Aprojects/[^/]+/locations/[^/]+/keyRings/[^/]+/cryptoKeys/[^/]+\\z", var.kms_key_name))
    error_message = "kms_key_name must be projects/PROJECT/locations/LOCATION/keyRings/RING/cryptoKeys/KEY, without a version."
  }
}

variable "noncurrent_version_days" {
  description = "Days that an overwritten or deleted object can be brought back."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.noncurrent_version_days >= 1 && floor(var.noncurrent_version_days) == var.noncurrent_version_days
    error_message = "noncurrent_version_days must be a whole number, 1 or more."
  }
}

variable "force_destroy" {
  description = "Whether `terraform destroy` may delete a bucket or dataset that still holds data."
  type        = bool
  default     = false
  nullable    = false
}

variable "access_log_bucket" {
  description = "Existing bucket that receives the access logs; null turns them off."
  type        = string
  default     = null

  validation {
    condition     = var.access_log_bucket == null || can(regex("\\A[a-z0-9][a-z0-9._-]{1,220}[a-z0-9]\\z", var.access_log_bucket))
    error_message = "access_log_bucket must be the name of a bucket, without gs:// and without a path."
  }
}

variable "bigquery_enabled" {
  description = "Whether a BigQuery dataset is made for the tables' metadata. Where it is off, the service account has no rights in BigQuery."
  type        = bool
  default     = true
  nullable    = false
}

variable "bigquery_dataset_id" {
  description = "BigQuery dataset, without its project; null makes it TENANT_iceberg_ENVIRONMENT, the namespace that jobs write to by default."
  type        = string
  default     = null

  validation {
    condition     = var.bigquery_dataset_id == null || (can(regex("\\A[A-Za-z0-9_]+\\z", var.bigquery_dataset_id)) && length(coalesce(var.bigquery_dataset_id, "none")) <= 1024)
    error_message = "bigquery_dataset_id must be letters, digits and underscores only, at most 1024, without the project."
  }
}

variable "service_account_id" {
  description = "Service account of the jobs, the part before the @; null makes it TENANT-dativo-etl-ENVIRONMENT."
  type        = string
  default     = null

  validation {
    condition     = var.service_account_id == null || can(regex("\\A[a-z][a-z0-9-]{4,28}[a-z0-9]\\z", var.service_account_id))
    error_message = "service_account_id must be 6 to 30 lower-case letters, digits or hyphens, start with a letter, and be without the @ and what follows."
  }
}

variable "kubernetes_service_accounts" {
  description = "Service accounts of the project's GKE clusters, as NAMESPACE/NAME, that may act as the jobs' account."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for name in var.kubernetes_service_accounts : can(regex("\\A[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?/[a-z0-9]([a-z0-9.-]{0,251}[a-z0-9])?\\z", name))])
    error_message = "Each of kubernetes_service_accounts must be NAMESPACE/NAME."
  }
}

variable "labels" {
  description = "Labels of bucket and dataset: cost_center, business_unit, project, owner. Capitals become small; tenant_id, environment and managed_by are added."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key in keys(var.labels) : can(regex("\\A[\\p{Ll}\\p{Lo}][\\p{Ll}\\p{Lo}\\p{N}_-]{0,62}\\z", lower(key)))])
    error_message = "A label's key must be 1 to 63 letters, digits, underscores or hyphens, and start with a letter."
  }

  validation {
    condition     = alltrue([for value in values(var.labels) : value != null && can(regex("\\A[\\p{Ll}\\p{Lo}\\p{N}_-]{0,63}\\z", lower(value)))])
    error_message = "A label's value must be at most 63 letters, digits, underscores or hyphens: GCP takes no dots, spaces, commas or @."
  }

  validation {
    condition     = length(distinct([for key in keys(var.labels) : lower(key)])) == length(var.labels)
    error_message = "Two labels have the same key but for capitals."
  }

  validation {
    condition     = length(var.labels) <= 60
    error_message = "At most 60 labels: GCP takes 64 on a resource, and the module adds three."
  }
}
