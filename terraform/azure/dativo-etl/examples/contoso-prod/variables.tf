# Checked by the module; repeated here is only what terraform.tfvars gives.

variable "tenant_id" {
  description = "Tenant whose data lake this is."
  type        = string
}

variable "environment" {
  description = "dev, staging or prod."
  type        = string
}

variable "region" {
  description = "Azure region of every resource."
  type        = string
}

variable "subscription_id" {
  description = "Subscription to build in."
  type        = string
}

variable "resource_group_name" {
  description = "Existing resource group."
  type        = string
}

variable "storage_account_name" {
  description = "Storage account of the data lake."
  type        = string
}

variable "allowed_subnet_ids" {
  description = "Subnets from which the account can be reached."
  type        = set(string)
  default     = []
}

variable "tags" {
  description = "Tags of account and identity, in CamelCase."
  type        = map(string)
  default     = {}
}
