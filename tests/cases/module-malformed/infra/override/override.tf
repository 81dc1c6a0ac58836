output "bukket" {
  sensitive = true
}
