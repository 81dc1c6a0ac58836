variable "tenant_id" {
  description = "Tenant whose data lake this is: the `tenant_id` of its jobs, not the Entra tenant."
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
  description = "Azure region of every resource, in its short form."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("\\A[a-z]{4,}[0-9]?\\z", var.region))
    error_message = "region must be the short name of an Azure region, such as westeurope, not \"West Europe\"."
  }
}

variable "subscription_id" {
  description = "Subscription to build in; null takes the environment's (ARM_SUBSCRIPTION_ID)."
  type        = string
  default     = null

  validation {
    condition     = var.subscription_id == null || can(regex("\\A[0-9a-fA-F]{8}-([0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}\\z", var.subscription_id))
    error_message = "subscription_id must be a GUID."
  }
}

variable "resource_group_name" {
  description = "Existing resource group that everything is put into."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("\\A[\\p{L}\\p{N}_().-]{0,89}[\\p{L}\\p{N}_()-]\\z", var.resource_group_name))
    error_message = "resource_group_name must be 1 to 90 letters, digits, underscores, hyphens, dots or brackets, and not end with a dot."
  }
}

variable "storage_account_name" {
  description = "Storage account of the data lake; unique in all of Azure."
  type        = string
  nullable    = false

  validation {
    condition     = can(regex("\\A[a-z0-9]{3,24}\\z", var.storage_account_name))
    error_message = "storage_account_name must be 3 to 24 lower-case letters and digits, nothing else."
  }
}

variable "container_name" {
  description = "Container of the tables; null makes it TENANT-dativo-data-lake-ENVIRONMENT."
  type        = string
  default     = null

  validation {
    condition     = var.container_name == null || (can(regex("\\A[a-z0-9][a-z0-9-]{1,61}[a-z0-9]\\z", var.container_name)) && !can(regex("--", var.container_name)))
    error_message = "container_name must be 3 to 63 lower-case letters, digits and single hyphens, and start and end with a letter or digit."
  }
}

variable "replication_type" {
  description = "How many copies Azure keeps, and where."
  type        = string
  default     = "ZRS"
  nullable    = false

  validation {
    condition     = contains(["LRS", "ZRS", "GRS", "GZRS", "RAGRS", "RAGZRS"], var.replication_type)
    error_message = "replication_type must be LRS, ZRS, GRS, GZRS, RAGRS or RAGZRS."
  }
}

variable "allowed_subnet_ids" {
  description = "Subnets, with the service endpoint Microsoft.Storage, from which the account can be reached."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for id in var.allowed_subnet_ids : can(regex("\\A/subscriptions/[^/]+/resourceGroups/[^/]+/providers/Microsoft\\.Network/virtualNetworks/[^/]+/subnets/[^/]+\\z", id))])
    error_message = "Each of allowed_subnet_ids must be the resource id of a subnet."
  }
}

variable "allowed_ip_ranges" {
  description = "Public IPv4 addresses, or ranges up to /30, from which the account can be reached."
  type        = set(string)
  default     = []
  nullable    = false

  validation {
    condition     = alltrue([for range in var.allowed_ip_ranges : can(regex("\\A([0-9]{1,3}\\.){3}[0-9]{1,3}(/([0-9]|[12][0-9]|30))?\\z", range)) && can(cidrhost(length(split("/", range)) == 2 ? range : "${range}/32", 0))])
    error_message = "Each of allowed_ip_ranges must be a public IPv4 address, or a range in CIDR form up to /30."
  }

  validation {
    condition     = alltrue([for range in var.allowed_ip_ranges : !can(regex("/0\\z|\\A(10|127)\\.|\\A192\\.168\\.|\\A172\\.(1[6-9]|2[0-9]|3[01])\\.", range))])
    error_message = "allowed_ip_ranges must hold neither the whole internet nor private addresses, which Azure does not take here."
  }
}

variable "noncurrent_version_days" {
  description = "Days that an overwritten or deleted blob can be brought back."
  type        = number
  default     = 30
  nullable    = false

  validation {
    condition     = var.noncurrent_version_days >= 1 && var.noncurrent_version_days <= 365 && floor(var.noncurrent_version_days) == var.noncurrent_version_days
    error_message = "noncurrent_version_days must be a whole number from 1 to 365."
  }
}

variable "tags" {
  description = "Tags of account and identity, in CamelCase: CostCenter, BusinessUnit, Project, Owner. TenantId, Environment and ManagedBy are added."
  type        = map(string)
  default     = {}
  nullable    = false

  validation {
    condition     = alltrue([for key in keys(var.tags) : can(regex("\\A[^<>%&\\\\?/]{1,128}\\z", key)) && !can(regex("\\A(microsoft|azure|windows)", lower(key)))])
    error_message = "A tag's key must be 1 to 128 characters, none of <>%&\\?/, and not start with microsoft, azure or windows."
  }

  validation {
    condition     = alltrue([for value in values(var.tags) : value != null && can(regex("\\A(?s:.{0,256})\\z", value))])
    error_message = "A tag's value must be at most 256 characters."
  }

  validation {
    condition     = length(distinct([for key in keys(var.tags) : lower(key)])) == length(var.tags)
    error_message = "Two tags have the same key but for capitals, which Azure does not tell apart."
  }

  validation {
    condition     = length(var.tags) <= 47
    error_message = "At most 47 tags: Azure takes 50 on a resource, and the module adds three."
  }
}
