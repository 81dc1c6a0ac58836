output "tenant_id" {
  description = "Tenant of this state; with environment, region and project_id it lets the compiler refuse a state that is not the job's."
  value       = var.tenant_id
}

output "environment" {
  description = "Environment of this state."
  value       = var.environment
}

output "region" {
  description = "Region of bucket and dataset."
  value       = var.region
}

output "project_id" {
  description = "Project of every resource."
  value       = var.project_id
}

output "gcs_bucket_name" {
  description = "Bucket of the data lake."
  value       = google_storage_bucket.data_lake.name
}

output "gcs_bucket_url" {
  description = "The bucket as a gs:// URL."
  value       = google_storage_bucket.data_lake.url
}

output "service_account_email" {
  description = "Service account that the jobs run as."
  value       = google_service_account.etl.email
}

output "service_account_name" {
  description = "Full name of the service account, to attach further rights to."
  value       = google_service_account.etl.name
}

output "bigquery_dataset_id" {
  description = "BigQuery dataset of the tables, without its project; null where BigQuery is off."
  value       = one(google_bigquery_dataset.lake[*].dataset_id)
}

output "kms_key_name" {
  description = "Key that encrypts bucket and dataset; null where Google uses its own."
  value       = var.kms_key_name
}

output "labels" {
  description = "Labels that bucket and dataset carry."
  value       = local.labels
}
