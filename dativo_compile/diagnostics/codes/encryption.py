"""Codes of states that OpenTofu encrypted (DC3080 to DC3089)."""

from __future__ import annotations

from dativo_compile.diagnostics.code import Code

ENCRYPTION_CONFIGURATION = Code(
    "DC3080", "encryption-configuration", "error", "the OpenTofu encryption configuration {reason}",
    """A state is encrypted, and the configuration that should open it is the text of the variable `TF_ENCRYPTION`, or
of the file that `terraform.encryption` in `dativo.yaml` names, in HCL or JSON as OpenTofu takes it. It cannot be read,
or lacks something. Nothing of it is ever quoted in a message, because it holds the passphrase.

Correct it; `tofu plan` in the module, with the same `TF_ENCRYPTION`, says whether OpenTofu is content. The passphrase
has to stand there literally, with 16 characters or more: variables of the module are not looked up.""",
    guarded=True,
)  # fmt: skip
ENCRYPTION_REFUSED = Code(
    "DC3081", "encryption-refused", "error", "this encrypted state is not opened: {reason}",
    """States are opened whose key comes from a passphrase (`pbkdf2`) and which are sealed by `aes_gcm`. Keys of a cloud
service, of OpenBao or of another program are not: each needs its own service and log-in. What the state says about its
key is not trusted either: the number of iterations, the key's length and the hash function are bounded.

Where the key is at hand, write the outputs out: `tofu output -json > FILE`, and pass `--state WORKSPACE=FILE`, or let
OpenTofu be asked: `--terraform=tofu`.""",
    guarded=True,
)  # fmt: skip
DECRYPTION_FAILED = Code(
    "DC3082", "decryption-failed", "error", "the state cannot be decrypted with the passphrase of {provider}",
    """The configuration has a passphrase for this state, and the key that it makes does not fit: the passphrase is
another one (it was changed, or belongs to another environment), the `aad` of the method differs, or the state was
damaged on its way.

Check which passphrase the state was last written with. After a change, the old one is kept in a `fallback` block until
every state was written anew.""",
    guarded=True,
)  # fmt: skip
DECRYPTED_DIFFERS = Code(
    "DC3083", "decrypted-differs", "error", "the decrypted state is another one: its {what} is not the one outside",
    """An encrypted state says its serial and lineage in clear text, and the sealed state says them again. They differ,
so that the two were not written together: an older sealed state may have been put into the frame of a newer one.

Fetch the state again from where OpenTofu keeps it.""",
    guarded=True,
)  # fmt: skip

CODES = (ENCRYPTION_CONFIGURATION, ENCRYPTION_REFUSED, DECRYPTION_FAILED, DECRYPTED_DIFFERS)
