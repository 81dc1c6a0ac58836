variable "password" {
  default   = "hunter1"
  sensitive = true
}

output "password" {
  value     = var.password
  sensitive = true
}

output "login" {
  value     = { user = "loader", password = var.password }
  sensitive = true
}

output "host" {
  value     = "db1.acme.example"
  sensitive = false
}

output "user" {
  value     = "loader"
  sensitive = false
}

output "key" {
  value     = "key-of-hunter1"
  sensitive = true
}
