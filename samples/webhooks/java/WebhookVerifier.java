import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public final class WebhookVerifier {
  private static final Duration TOLERANCE = Duration.ofSeconds(300);

  private final SecretKeySpec key;

  /** @param secret the endpoint's signing secret, "whsec_…" */
  public WebhookVerifier(String secret) {
    String encoded = secret.startsWith("whsec_") ? secret.substring(6) : secret;
    this.key = new SecretKeySpec(Base64.getDecoder().decode(encoded), "HmacSHA256");
  }

  /**
   * Whether a webhook comes from the platform and is fresh.
   *
   * @param id the header webhook-id
   * @param timestamp the header webhook-timestamp
   * @param signatures the header webhook-signature
   * @param body the bytes as they came, before anything has parsed them
   */
  public boolean verify(String id, String timestamp, String signatures, byte[] body, Instant now)
      throws GeneralSecurityException {
    if (id == null || id.isEmpty() || signatures == null) return false;
    if (timestamp == null || !timestamp.matches("[0-9]{1,12}")) return false;
    Instant sentAt = Instant.ofEpochSecond(Long.parseLong(timestamp));
    if (Duration.between(sentAt, now).abs().compareTo(TOLERANCE) > 0) return false;

    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(key);
    mac.update((id + "." + timestamp + ".").getBytes(StandardCharsets.UTF_8));
    String expected = "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
    // Two signatures while the secret is being rolled: one that fits is enough.
    for (String signature : signatures.split(" ")) {
      if (MessageDigest.isEqual(
          signature.getBytes(StandardCharsets.UTF_8), expected.getBytes(StandardCharsets.UTF_8))) {
        return true;
      }
    }
    return false;
  }
}
