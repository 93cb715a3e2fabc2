import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;

/** One webhook a line: secret, id, timestamp, signatures, now and the body in base64, separated by tabs. */
public final class Check {
  public static void main(String[] args) throws Exception {
    for (String line : new String(System.in.readAllBytes(), StandardCharsets.UTF_8).split("\n")) {
      String[] fields = line.split("\t", -1);
      byte[] body = Base64.getDecoder().decode(fields[5]);
      Instant now = Instant.ofEpochSecond(Long.parseLong(fields[4]));
      boolean isGenuine = new WebhookVerifier(fields[0]).verify(fields[1], fields[2], fields[3], body, now);
      System.out.println(isGenuine ? "genuine" : "refused");
    }
  }
}
