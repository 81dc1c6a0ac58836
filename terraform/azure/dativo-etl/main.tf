# Where the jobs of one tenant and environment keep their Iceberg tables on Azure (preview): account, container, identity.

locals {
  container_name = coalesce(var.container_name, "${var.tenant_id}-dativo-data-lake-${var.environment}")
  # Nobody comes in over a public address unless somebody is named.
  reachable = length(var.allowed_subnet_ids) + length(var.allowed_ip_ranges) > 0

  own_tags = {
    TenantId    = var.tenant_id
    Environment = var.environment
    ManagedBy   = "terraform"
  }
  tags = merge(var.tags, local.own_tags)
}

resource "azurerm_storage_account" "data_lake" {
  #checkov:skip=CKV_AZURE_33:the account serves blobs; no queue is made or used
  #checkov:skip=CKV_AZURE_206:replication_type is the team's choice; a second region is a decision about residency
  #checkov:skip=CKV2_AZURE_1:Azure encrypts by its own keys; a customer's key is not part of the preview
  #checkov:skip=CKV2_AZURE_33:a private endpoint belongs to the network of the team, which this module does not own
  name                = var.storage_account_name
  resource_group_name = var.resource_group_name
  location            = var.region

  account_kind             = "StorageV2"
  account_tier             = "Standard"
  account_replication_type = var.replication_type

  min_tls_version                   = "TLS1_2"
  https_traffic_only_enabled        = true
  shared_access_key_enabled         = false
  default_to_oauth_authentication   = true
  allow_nested_items_to_be_public   = false
  local_user_enabled                = false
  cross_tenant_replication_enabled  = false
  infrastructure_encryption_enabled = true
  public_network_access_enabled     = local.reachable

  # Shared keys are off, so no such signature can be made; if they ever come on, it expires within an hour.
  sas_policy {
    expiration_period = "00.01:00:00"
  }

  network_rules {
    default_action             = "Deny"
    bypass                     = ["AzureServices"]
    ip_rules                   = var.allowed_ip_ranges
    virtual_network_subnet_ids = var.allowed_subnet_ids
  }

  blob_properties {
    versioning_enabled = true

    delete_retention_policy {
      days = var.noncurrent_version_days
    }

    container_delete_retention_policy {
      days = var.noncurrent_version_days
    }
  }

  tags = local.tags

  lifecycle {
    precondition {
      condition     = alltrue([for key, value in var.tags : lookup({ for own, given in local.own_tags : lower(own) => given }, lower(key), value) == value])
      error_message = "tags must not give TenantId, Environment or ManagedBy another value than the module's."
    }
  }
}

resource "azurerm_storage_container" "data_lake" {
  #checkov:skip=CKV2_AZURE_21:logs of reads need a Log Analytics workspace, which belongs to the team
  name                  = local.container_name
  storage_account_id    = azurerm_storage_account.data_lake.id
  container_access_type = "private"

  lifecycle {
    precondition {
      condition     = can(regex("\\A[a-z0-9](-?[a-z0-9]){2,62}\\z", local.container_name)) && length(local.container_name) <= 63
      error_message = "${local.container_name} cannot be the name of a container (3 to 63 lower-case letters, digits and single hyphens); give one by container_name."
    }
  }
}

# Iceberg itself decides which data files live; what expires here is only what it has already overwritten or deleted.
resource "azurerm_storage_management_policy" "data_lake" {
  storage_account_id = azurerm_storage_account.data_lake.id

  rule {
    name    = "expire-noncurrent-versions"
    enabled = true

    filters {
      blob_types = ["blockBlob"]
    }

    actions {
      version {
        delete_after_days_since_creation = var.noncurrent_version_days
      }
    }
  }
}

resource "azurerm_user_assigned_identity" "etl" {
  name                = "${var.tenant_id}-dativo-etl-${var.environment}"
  resource_group_name = var.resource_group_name
  location            = var.region
  tags                = local.tags
}

# Blobs of this one container: read, write, list, delete. Not the account, not its keys, not who else may.
resource "azurerm_role_assignment" "blobs" {
  scope                = azurerm_storage_container.data_lake.id
  role_definition_name = "Storage Blob Data Contributor"
  principal_id         = azurerm_user_assigned_identity.etl.principal_id
  principal_type       = "ServicePrincipal"
}
