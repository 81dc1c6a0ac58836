resource "terraform_data" "network" {
  triggers_replace = 2
}

output "lake" {
  value = {
    bucket = "acme-lake-eu"
    region = "eu-central-1"
    key    = terraform_data.network.id
  }
}

output "network" {
  value = {
    vpc = terraform_data.network.id
    subnets = [
      { id = terraform_data.network.id, zone = "eu-central-1a" },
      { id = "subnet-2", zone = "eu-central-1b" },
    ]
  }
}

output "zones" {
  value = ["eu-central-1a", terraform_data.network.id]
}

output "groups" {
  value = toset(["sg-1", terraform_data.network.id])
}
