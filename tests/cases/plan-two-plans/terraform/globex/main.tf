# Twins of the real resources: the same outputs, and no cloud.
resource "terraform_data" "lake" {
  input = "globex-lake"
}

resource "terraform_data" "role" {
  triggers_replace = 2
  input            = "arn:aws:iam::012345678901:role/globex-etl"
}

output "bucket" {
  value = terraform_data.lake.input
}

output "database" {
  value = "globex_prod"
}

output "role_arn" {
  value = "arn:aws:iam::012345678901:role/${terraform_data.role.id}"
}

output "environment" {
  value = "prod"
}
