# the brace below is never closed
output "bucket" {
  value = "text ${upper("x")}"
