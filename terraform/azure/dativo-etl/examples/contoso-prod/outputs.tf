# A job sees the outputs of the root module only, so each of the module's is handed on.

output "tenant_id" {
  description = "Tenant of this state; with environment and region it lets the compiler refuse a state that is not the job's."
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

output "storage_account_name" {
  description = "Storage account of the data lake."
  value       = module.dativo_etl.storage_account_name
}

output "storage_account_id" {
  description = "Resource id of the storage account."
  value       = module.dativo_etl.storage_account_id
}

output "blob_endpoint" {
  description = "URL of the account's blobs."
  value       = module.dativo_etl.blob_endpoint
}

output "container_name" {
  description = "Container of the tables."
  value       = module.dativo_etl.container_name
}

output "managed_identity_id" {
  description = "Resource id of the identity that the jobs run as."
  value       = module.dativo_etl.managed_identity_id
}

output "managed_identity_client_id" {
  description = "Client id of the identity, for AZURE_CLIENT_ID."
  value       = module.dativo_etl.managed_identity_client_id
}

output "managed_identity_principal_id" {
  description = "Principal id of the identity, to give it further roles."
  value       = module.dativo_etl.managed_identity_principal_id
}

output "resource_tags" {
  description = "Tags that account and identity carry."
  value       = module.dativo_etl.resource_tags
}
