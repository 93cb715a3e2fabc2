require "openssl"

TOLERANCE_SECONDS = 300

# Whether a webhook comes from the platform and is fresh.
#
# secret:: the endpoint's signing secret, "whsec_…"
# headers:: a hash with names in lower case; in Rack they are HTTP_WEBHOOK_ID,
#           HTTP_WEBHOOK_TIMESTAMP and HTTP_WEBHOOK_SIGNATURE
# body:: request.body.read, before anything has parsed it
def verify_webhook(secret, headers, body, now = Time.now.to_i)
  id = headers["webhook-id"].to_s
  timestamp = headers["webhook-timestamp"].to_s
  return false if id.empty? || !timestamp.match?(/\A[0-9]{1,12}\z/)
  return false if (now - timestamp.to_i).abs > TOLERANCE_SECONDS

  key = secret.delete_prefix("whsec_").unpack1("m")
  digest = OpenSSL::HMAC.digest("SHA256", key, "#{id}.#{timestamp}.".b + body.b)
  expected = "v1,#{[digest].pack("m0")}"
  # Two signatures while the secret is being rolled: one that fits is enough.
  headers["webhook-signature"].to_s.split(" ").any? do |signature|
    signature.bytesize == expected.bytesize && OpenSSL.fixed_length_secure_compare(signature, expected)
  end
end
