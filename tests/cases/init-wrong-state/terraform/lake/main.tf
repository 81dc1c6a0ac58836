output "tenant_id" { value = local.it }
