variable "password" {
  default   = "hunter2"
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
  value     = "db2.acme.example"
  sensitive = true
}

output "user" {
  value     = "loader"
  sensitive = true
}

output "key" {
  value     = "key-of-hunter2"
  sensitive = false
}
