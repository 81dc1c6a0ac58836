output "gcs_bucket_name" { value = local.it }
output "bigquery_dataset_id" { value = local.it }
output "project_id" { value = local.it }
output "service_account_email" { value = local.it }
