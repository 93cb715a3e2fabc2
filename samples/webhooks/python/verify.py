import base64
import hashlib
import hmac
import re
import time

TOLERANCE_SECONDS = 300


def verify_webhook(secret, headers, body, now=None):
    """Whether a webhook comes from the platform and is fresh.

    secret: the endpoint's signing secret, "whsec_…"
    headers: a mapping with the three webhook-… headers
    body: the bytes as they came, before anything has parsed them
    """
    message_id = headers.get("webhook-id", "")
    timestamp = headers.get("webhook-timestamp", "")
    if not message_id or not re.fullmatch(r"[0-9]{1,12}", timestamp):
        return False
    if abs((time.time() if now is None else now) - int(timestamp)) > TOLERANCE_SECONDS:
        return False

    key = base64.b64decode(secret.removeprefix("whsec_"))
    signed = f"{message_id}.{timestamp}.".encode() + body
    expected = base64.b64encode(hmac.new(key, signed, hashlib.sha256).digest()).decode()
    # Two signatures while the secret is being rolled: one that fits is enough.
    return any(
        hmac.compare_digest(signature.encode(), f"v1,{expected}".encode())
        for signature in headers.get("webhook-signature", "").split(" ")
    )
