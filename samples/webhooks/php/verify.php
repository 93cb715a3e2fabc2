<?php

const TOLERANCE_SECONDS = 300;

/**
 * Whether a webhook comes from the platform and is fresh.
 *
 * @param string $secret the endpoint's signing secret, "whsec_…"
 * @param array<string, string> $headers with names in lower case; in a request they are
 *   $_SERVER['HTTP_WEBHOOK_ID'], ['HTTP_WEBHOOK_TIMESTAMP'] and ['HTTP_WEBHOOK_SIGNATURE']
 * @param string $body file_get_contents('php://input'), before anything has parsed it
 */
function verify_webhook(string $secret, array $headers, string $body, ?int $now = null): bool
{
    $id = $headers['webhook-id'] ?? '';
    $timestamp = $headers['webhook-timestamp'] ?? '';
    if ($id === '' || !preg_match('/\A[0-9]{1,12}\z/', $timestamp)) {
        return false;
    }
    if (abs(($now ?? time()) - (int) $timestamp) > TOLERANCE_SECONDS) {
        return false;
    }

    $key = base64_decode(preg_replace('/\Awhsec_/', '', $secret));
    $expected = 'v1,' . base64_encode(hash_hmac('sha256', "$id.$timestamp.$body", $key, true));
    // Two signatures while the secret is being rolled: one that fits is enough.
    foreach (explode(' ', $headers['webhook-signature'] ?? '') as $signature) {
        if (hash_equals($expected, $signature)) {
            return true;
        }
    }
    return false;
}
