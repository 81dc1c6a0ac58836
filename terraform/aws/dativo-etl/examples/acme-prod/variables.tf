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
  description = "AWS region of every resource."
  type        = string
}

variable "account_id" {
  description = "AWS account to build in; any other is refused."
  type        = string
}

variable "s3_bucket_name" {
  description = "Bucket of the data lake."
  type        = string
}

variable "kms_key_arn" {
  description = "KMS key that encrypts the bucket; null takes the keys of S3 itself."
  type        = string
  default     = null
}

variable "tags" {
  description = "Tags of every resource, in CamelCase."
  type        = map(string)
  default     = {}
}
