# A job sees the outputs of the root module only, so each of the module's is handed on.

output "tenant_id" {
  description = "Tenant of this state; with environment, region and account_id it lets the compiler refuse a state that is not the job's."
  value       = module.dativo_etl.tenant_id
}

output "environment" {
  description = "Environment of this state."
  value       = module.dativo_etl.environment
}

output "region" {
  description = "Region of every resource."
  value       = module.dativo_etl.region
}

output "account_id" {
  description = "Account of every resource, as text."
  value       = module.dativo_etl.account_id
}

output "s3_bucket_name" {
  description = "Bucket of the data lake."
  value       = module.dativo_etl.s3_bucket_name
}

output "s3_bucket_arn" {
  description = "ARN of the bucket."
  value       = module.dativo_etl.s3_bucket_arn
}

output "s3_bucket_region" {
  description = "Region of the bucket."
  value       = module.dativo_etl.s3_bucket_region
}

output "iam_role_arn" {
  description = "Role that the jobs' tasks assume."
  value       = module.dativo_etl.iam_role_arn
}

output "iam_role_name" {
  description = "Name of the role, to attach further policies to."
  value       = module.dativo_etl.iam_role_name
}

output "glue_database_name" {
  description = "Glue database of the tables; null where Glue is off."
  value       = module.dativo_etl.glue_database_name
}

output "glue_database_arn" {
  description = "ARN of the Glue database; null where Glue is off."
  value       = module.dativo_etl.glue_database_arn
}

output "kms_key_arn" {
  description = "Key that encrypts the bucket; null where S3 uses its own."
  value       = module.dativo_etl.kms_key_arn
}

output "log_group_name" {
  description = "Log group of the jobs' tasks."
  value       = module.dativo_etl.log_group_name
}

output "resource_tags" {
  description = "Tags that every resource carries."
  value       = module.dativo_etl.resource_tags
}
