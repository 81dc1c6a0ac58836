tenant_id            = "contoso"
environment          = "prod"
region               = "westeurope"
resource_group_name  = "contoso-data"
storage_account_name = "contosolakeprod"

tags = {
  CostCenter   = "DATA-001"
  BusinessUnit = "Analytics"
  Project      = "data-platform"
}
