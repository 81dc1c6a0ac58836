# Twins of the real resources: the same outputs, and no cloud.
resource "terraform_data" "lake" {
  input = "acme-lake-eu"
}

resource "terraform_data" "role" {
  input = "arn:aws:iam::012345678901:role/acme-etl"
}

output "bucket" {
  value = terraform_data.lake.input
}

output "database" {
  value = "acme_prod"
}

output "role_arn" {
  value = terraform_data.role.input
}

output "environment" {
  value = "prod"
}
