require_relative "verify"

# One webhook a line: secret, id, timestamp, signatures, now and the body in base64, separated by tabs.
$stdin.each_line(chomp: true) do |line|
  secret, id, timestamp, signature, now, body = line.split("\t", -1)
  headers = { "webhook-id" => id, "webhook-timestamp" => timestamp, "webhook-signature" => signature }
  puts verify_webhook(secret, headers, body.unpack1("m"), now.to_i) ? "genuine" : "refused"
end
