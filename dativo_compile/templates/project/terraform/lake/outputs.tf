output "tenant_id" {
  description = "Compared with the job's own: a state of another tenant is refused."
  value       = local.tenant
}

output "environment" {
  description = "Compared with the job's own."
  value       = local.environment
}

output "bucket_name" {
  description = "Bucket of the lake."
  value       = "${local.tenant}-lake-${local.environment}"
}

output "bucket_region" {
  description = "Region of the bucket."
  value       = "eu-central-1"
}
