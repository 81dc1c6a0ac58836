tenant_id            = "contoso"
environment          = "prod"
region               = "westeurope"
subscription_id      = "3f2c1b0a-0000-4000-8000-00003f2c1b0a"
resource_group_name  = "contoso-data"
storage_account_name = "contosolakeprod"

allowed_subnet_ids = [
  "/subscriptions/3f2c1b0a-0000-4000-8000-00003f2c1b0a/resourceGroups/contoso-net/providers/Microsoft.Network/virtualNetworks/contoso/subnets/jobs",
]

tags = {
  CostCenter   = "DATA-001"
  BusinessUnit = "Analytics"
  Project      = "data-platform"
}
