key_provider "pbkdf2" "main" {
  passphrase = var.hunter2
}

method "aes_gcm" "main" {
  keys = key_provider.pbkdf2.main
}

state {
  method = method.aes_gcm.main
}
