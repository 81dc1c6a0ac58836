resource "terraform_data" "lake" {
  input = "acme-lake"
}
