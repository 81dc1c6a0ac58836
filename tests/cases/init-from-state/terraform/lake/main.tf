output "s3_bucket_name" { value = local.it }
output "s3_bucket_region" { value = local.it }
output "glue_database_name" { value = local.it }
output "iam_role_arn" { value = local.it }
output "account_id" { value = local.it }
output "tenant_id" { value = local.it }
output "log_group" { value = local.it }
output "catalog_token" { value = local.it }
