output "tenant_id" {
  description = "Tenant of this state; with environment and region it lets the compiler refuse a state that is not the job's."
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

output "storage_account_name" {
  description = "Storage account of the data lake."
  value       = azurerm_storage_account.data_lake.name
}

output "storage_account_id" {
  description = "Resource id of the storage account."
  value       = azurerm_storage_account.data_lake.id
}

output "blob_endpoint" {
  description = "URL of the account's blobs."
  value       = azurerm_storage_account.data_lake.primary_blob_endpoint
}

output "container_name" {
  description = "Container of the tables."
  value       = azurerm_storage_container.data_lake.name
}

output "managed_identity_id" {
  description = "Resource id of the identity that the jobs run as."
  value       = azurerm_user_assigned_identity.etl.id
}

output "managed_identity_client_id" {
  description = "Client id of the identity, for AZURE_CLIENT_ID."
  value       = azurerm_user_assigned_identity.etl.client_id
}

output "managed_identity_principal_id" {
  description = "Principal id of the identity, to give it further roles."
  value       = azurerm_user_assigned_identity.etl.principal_id
}

output "resource_tags" {
  description = "Tags that account and identity carry."
  value       = local.tags
}
