# Checked by the module; repeated here is only what terraform.tfvars gives.

variable "project_id" {
  description = "GCP project of every resource."
  type        = string
}

variable "tenant_id" {
  description = "Tenant whose data lake this is."
  type        = string
}

variable "environment" {
  description = "dev, staging or prod."
  type        = string
}

variable "region" {
  description = "GCP region of bucket and dataset."
  type        = string
}

variable "gcs_bucket_name" {
  description = "Bucket of the data lake."
  type        = string
}

variable "kms_key_name" {
  description = "Cloud KMS key that encrypts bucket and dataset; null takes Google's own."
  type        = string
  default     = null
}

variable "labels" {
  description = "Labels of bucket and dataset."
  type        = map(string)
  default     = {}
}
