import base64
import sys

from verify import verify_webhook

# One webhook a line: secret, id, timestamp, signatures, now and the body in base64, separated by tabs.
for line in sys.stdin.read().splitlines():
    secret, message_id, timestamp, signature, now, body = line.split("\t")
    headers = {"webhook-id": message_id, "webhook-timestamp": timestamp, "webhook-signature": signature}
    is_genuine = verify_webhook(secret, headers, base64.b64decode(body), int(now))
    print("genuine" if is_genuine else "refused")
