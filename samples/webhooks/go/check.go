package main

import (
	"bufio"
	"encoding/base64"
	"fmt"
	"net/http"
	"os"
	"strconv"
	"strings"
	"time"
)

// One webhook a line: secret, id, timestamp, signatures, now and the body in base64, separated by tabs.
func main() {
	lines := bufio.NewScanner(os.Stdin)
	for lines.Scan() {
		fields := strings.Split(lines.Text(), "\t")
		headers := http.Header{}
		headers.Set("webhook-id", fields[1])
		headers.Set("webhook-timestamp", fields[2])
		headers.Set("webhook-signature", fields[3])
		now, err := strconv.ParseInt(fields[4], 10, 64)
		if err != nil {
			panic(err)
		}
		body, err := base64.StdEncoding.DecodeString(fields[5])
		if err != nil {
			panic(err)
		}
		if VerifyWebhook(fields[0], headers, body, time.Unix(now, 0)) {
			fmt.Println("genuine")
		} else {
			fmt.Println("refused")
		}
	}
}
