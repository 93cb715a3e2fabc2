"""Needs nothing but Python, and PAYLINK_URL and PAYLINK_KEY in the environment."""

import json
import os
import time
import urllib.request
import uuid

URL, KEY = os.environ["PAYLINK_URL"], os.environ["PAYLINK_KEY"]


def call(method, path, body=None, idempotency_key=None):
    request = urllib.request.Request(URL + path, method=method)
    request.add_header("Authorization", f"Bearer {KEY}")
    if idempotency_key:
        request.add_header("Idempotency-Key", idempotency_key)
    if body is not None:
        request.add_header("Content-Type", "application/json")
        request.data = json.dumps(body).encode()
    with urllib.request.urlopen(request, timeout=10) as answer:
        return json.load(answer)


number = f"SO-{uuid.uuid4()}"
order = call(
    "POST",
    "/v1/orders",
    {"merchant_order_no": number, "amount": 8800, "currency": "CNY", "subject": "Jasmine tea"},
    idempotency_key=number,
)
print("order", order["id"])

# The action says what the shopper must do: here, scan a code with this content.
attempt = call("POST", f"/v1/orders/{order['id']}/attempts", {"method": "alipay", "flow": "qr"}, f"{number}-1")
print("action", attempt["action"])

# Test mode only: the test shopper scans the code and pays.
call("POST", f"/v1/test/orders/{order['id']}/act", {"act": "pay"})

# A server waits for the webhook order.paid instead; asking is for scripts and for when you must know now.
for _ in range(30):
    order = call("GET", f"/v1/orders/{order['id']}")
    if order["status"] == "paid":
        break
    time.sleep(1)
print("status", order["status"])

refund = call(
    "POST",
    "/v1/refunds",
    {"order": order["id"], "amount": 3000, "merchant_refund_no": f"RF-{number}"},
    idempotency_key=f"{number}-refund",
)
print("refund", refund["id"], refund["status"])
