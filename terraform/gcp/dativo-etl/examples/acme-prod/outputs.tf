# A job sees the outputs of the root module only, so each of the module's is handed on.

output "tenant_id" {
  description = "Tenant of this state; with environment, region and project_id it lets the compiler refuse a state that is not the job's."
  value       = module.dativo_etl.tenant_id
}

output "environment" {
  description = "Environment of this state."
  value       = module.dativo_etl.environment
}

output "region" {
  description = "Region of bucket and dataset."
  value       = module.dativo_etl.region
}

output "project_id" {
  description = "Project of every resource."
  value       = module.dativo_etl.project_id
}

output "gcs_bucket_name" {
  description = "Bucket of the data lake."
  value       = module.dativo_etl.gcs_bucket_name
}

output "gcs_bucket_url" {
  description = "The bucket as a gs:// URL."
  value       = module.dativo_etl.gcs_bucket_url
}

output "service_account_email" {
  description = "Service account that the jobs run as."
  value       = module.dativo_etl.service_account_email
}

output "service_account_name" {
  description = "Full name of the service account, to attach further rights to."
  value       = module.dativo_etl.service_account_name
}

output "bigquery_dataset_id" {
  description = "BigQuery dataset of the tables, without its project; null where BigQuery is off."
  value       = module.dativo_etl.bigquery_dataset_id
}

output "kms_key_name" {
  description = "Key that encrypts bucket and dataset; null where Google uses its own."
  value       = module.dativo_etl.kms_key_name
}

output "labels" {
  description = "Labels that bucket and dataset carry."
  value       = module.dativo_etl.labels
}
