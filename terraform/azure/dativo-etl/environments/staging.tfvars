tenant_id               = "contoso"
environment             = "staging"
region                  = "westeurope"
resource_group_name     = "contoso-data-staging"
storage_account_name    = "contosolakestaging"
replication_type        = "LRS"
noncurrent_version_days = 7

tags = {
  CostCenter   = "DATA-001"
  BusinessUnit = "Analytics"
  Project      = "data-platform"
}
