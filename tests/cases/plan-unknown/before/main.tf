resource "terraform_data" "lake" {
  triggers_replace = 1
  input            = "acme-lake"
}

resource "terraform_data" "database" {
  triggers_replace = 1
}

# A name that the cloud chooses.
output "bucket" {
  value = "lake-${terraform_data.lake.id}"
}

output "host" {
  value = "${terraform_data.database.id}.db.example"
}

output "port" {
  value = 5432 + length(terraform_data.database.id)
}

output "team" {
  value = terraform_data.lake.id
}

output "region" {
  value = "eu-central-${length(terraform_data.lake.id) / 36}"
}

output "account_id" {
  value = "0123456789${substr(length(terraform_data.lake.id) * 0 + 101, 1, 2)}"
}
