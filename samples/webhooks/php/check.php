<?php

require __DIR__ . '/verify.php';

// One webhook a line: secret, id, timestamp, signatures, now and the body in base64, separated by tabs.
foreach (file('php://stdin', FILE_IGNORE_NEW_LINES) as $line) {
    [$secret, $id, $timestamp, $signature, $now, $body] = explode("\t", $line);
    $headers = ['webhook-id' => $id, 'webhook-timestamp' => $timestamp, 'webhook-signature' => $signature];
    $isGenuine = verify_webhook($secret, $headers, base64_decode($body), (int) $now);
    echo $isGenuine ? "genuine\n" : "refused\n";
}
