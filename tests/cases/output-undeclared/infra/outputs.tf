output "bucket" {
  description = "The lake's bucket."
  value       = "acme-lake"
}

output "db_host" {
  value = "db.acme.example"
}

output "db_password" {
  value     = var.db_password
  sensitive = "true"
}

variable "db_password" {
  type      = string
  sensitive = true
}
