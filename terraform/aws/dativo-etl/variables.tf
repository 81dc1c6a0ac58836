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
  description = "AWS region of every resource."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("\\A[a-z]{2,4}(-[a-z]+){1,2}-[0-9]{1,2}\\z", var.region))
    error_message = "region must be the name of an AWS region, such as us-east-1."
  }
}

variable "s3_bucket_name" {
  description = "Bucket of the data lake; by convention TENANT-dativo-data-lake-ENVIRONMENT."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("\\A[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\\z", var.s3_bucket_name))
    error_message = "s3_bucket_name must be 3 to 63 lower-case letters, digits, dots and hyphens, and start and end with a letter or digit."
  }

  validation {
    condition     = !can(regex("\\.\\.|\\A([0-9]{1,3}\\.){3}[0-9]{1,3}\\z", var.s3_bucket_name))
    error_message = "s3_bucket_name must not hold two dots in a row, and must not look like an IP address."
  }

  validation {
    condition     = !can(regex("\\A(xn--|sthree-|amzn-s3-demo-)|(-s3alias|--ol-s3|\\.mrap|--x-s3|--table-s3)\\z", var.s3_bucket_name))
    error_message = "s3_bucket_name has a prefix or suffix that S3 keeps for itself."
  }
}

variable "account_id" {
  description = "AWS account to build in, as text. Any other account is refused; null takes the credentials' own."
  type        = string
  default     = null

  validation {
    condition     = var.account_id == null || can(regex("\\A[0-9]{12}\\z", var.account_id))
    error_message = "account_id must be 12 digits, in quotes so that leading zeros survive."
  }
}

variable "kms_key_arn" {
  description = "KMS key that encrypts the bucket; null takes the keys of S3 itself (SSE-S3)."
  type        = string
  default     = null

  validation {
    condition     = var.kms_key_arn == null || can(regex("\\Aarn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+\\z", var.kms_key_arn))
    error_message = "kms_key_arn must be the ARN of a key, not of an alias: arn:aws:kms:REGION:ACCOUNT:key/ID."
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
  description = "Whether `terraform destroy` may delete a bucket that still holds data."
  type        = bool
  default     = false
  nullable    = false
}

variable "access_log_bucket" {
  description = "Existing bucket that receives the server access logs; null turns them off."
  type        = string
  default     = null

  validation {
    condition     = var.access_log_bucket == null || can(regex("\\A[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]\\z", var.access_log_bucket))
    error_message = "access_log_bucket must be the name of a bucket, without s3:// and without a path."
  }
}

variable "glue_enabled" {
  description = "Whether a Glue database is made for the tables. Where it is off, the role has no rights in Glue."
  type        = bool
  default     = true
  nullable    = false
}

variable "glue_database_name" {
  description = "Glue database; null makes it TENANT_iceberg_ENVIRONMENT, the namespace that jobs write to by default."
  type        = string
  default     = null

  validation {
    condition     = var.glue_database_name == null || can(regex("\\A[a-z0-9_-]{1,255}\\z", var.glue_database_name))
    error_message = "glue_database_name must be 1 to 255 lower-case letters, digits, underscores or hyphens."
  }
}

variable "iam_role_name" {
  description = "Role of the jobs' tasks; null makes it TENANT-dativo-etl-role-ENVIRONMENT."
  type        = string
  default     = null

  validation {
    condition     = var.iam_role_name == null || can(regex("\\A[A-Za-z0-9_+=,.@-]{1,64}\\z", var.iam_role_name))
    error_message = "iam_role_name must be 1 to 64 letters, digits or _+=,.@- characters."
  }
}

variable "permissions_boundary_arn" {
  description = "Policy that bounds the role, where the account demands one."
  type        = string
  default     = null

  validation {
    condition     = var.permissions_boundary_arn == null || can(regex("\\Aarn:aws[a-z-]*:iam::([0-9]{12}|aws):policy/[!-~]+\\z", var.permissions_boundary_arn))
    error_message = "permissions_boundary_arn must be the ARN of an IAM policy."
  }
}

variable "log_retention_days" {
  description = "Days that CloudWatch keeps the jobs' logs; 0 keeps them for ever."
  type        = number
  default     = 365
  nullable    = false

  validation {
    condition     = contains([0, 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653], var.log_retention_days)
    error_message = "log_retention_days must be a period that CloudWatch knows, such as 30, 90 or 365; 0 is for ever."
  }
}

variable "log_kms_key_arn" {
  description = "KMS key that encrypts the logs. Its key policy must admit CloudWatch Logs; null takes CloudWatch's own."
  type        = string
  default     = null

  validation {
    condition     = var.log_kms_key_arn == null || can(regex("\\Aarn:aws[a-z-]*:kms:[a-z0-9-]+:[0-9]{12}:key/[A-Za-z0-9-]+\\z", var.log_kms_key_arn))
    error_message = "log_kms_key_arn must be the ARN of a key, not of an alias: arn:aws:kms:REGION:ACCOUNT:key/ID."
  }
}

variable "tags" {
  description = "Tags of every resource, in CamelCase: CostCenter, BusinessUnit, Project, Owner. TenantId, Environment and ManagedBy are added."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key in keys(var.tags) : can(regex("\\A[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{1,128}\\z", key)) && !startswith(lower(key), "aws:")])
    error_message = "A tag's key must be 1 to 128 letters, digits, spaces or _.:/=+-@ characters, and not start with aws:."
  }

  validation {
    condition     = alltrue([for value in values(var.tags) : value != null && can(regex("\\A[\\p{L}\\p{Z}\\p{N}_.:/=+@-]{0,256}\\z", value))])
    error_message = "A tag's value must be at most 256 letters, digits, spaces or _.:/=+-@ characters: join a list by spaces, AWS takes no commas."
  }

  validation {
    condition     = length(var.tags) <= 20
    error_message = "At most 20 tags: AWS takes 50 on a resource, and infrastructure_tags doubles them."
  }
}

variable "infrastructure_tags" {
  description = "Whether each tag is written a second time as infrastructure.KEY in lower case (CostCenter as infrastructure.cost_center), the name that Iceberg tables carry, so that bill and table can be joined."
  type        = bool
  default     = false
  nullable    = false
}
