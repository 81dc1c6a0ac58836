output "bucket" {
  value = "acme.lake."
}
