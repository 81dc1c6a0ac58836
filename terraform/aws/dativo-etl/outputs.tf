output "tenant_id" {
  description = "Tenant of this state; with environment, region and account_id it lets the compiler refuse a state that is not the job's."
  value       = var.tenant_id
}

output "environment" {
  description = "Environment of this state."
  value       = var.environment
}

output "region" {
  description = "Region of every resource."
  value       = var.region
}

output "account_id" {
  description = "Account of every resource, as text."
  value       = local.account_id
}

output "s3_bucket_name" {
  description = "Bucket of the data lake."
  value       = aws_s3_bucket.data_lake.bucket
}

output "s3_bucket_arn" {
  description = "ARN of the bucket."
  value       = aws_s3_bucket.data_lake.arn
}

output "s3_bucket_region" {
  description = "Region of the bucket."
  value       = aws_s3_bucket.data_lake.bucket_region
}

output "iam_role_arn" {
  description = "Role that the jobs' tasks assume."
  value       = aws_iam_role.etl.arn
}

output "iam_role_name" {
  description = "Name of the role, to attach further policies to."
  value       = aws_iam_role.etl.name
}

output "glue_database_name" {
  description = "Glue database of the tables; null where Glue is off."
  value       = one(aws_glue_catalog_database.lake[*].name)
}

output "glue_database_arn" {
  description = "ARN of the Glue database; null where Glue is off."
  value       = one(aws_glue_catalog_database.lake[*].arn)
}

output "kms_key_arn" {
  description = "Key that encrypts the bucket; null where S3 uses its own."
  value       = var.kms_key_arn
}

output "log_group_name" {
  description = "Log group of the jobs' tasks."
  value       = aws_cloudwatch_log_group.etl.name
}

output "resource_tags" {
  description = "Tags that every resource carries."
  value       = local.tags
}
