import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  // Native code, or packages that look for their own files at run time: Node loads them from node_modules.
  serverExternalPackages: ["@node-rs/argon2", "graphile-worker", "pg", "pino", "postgres"],
  // `npm test` runs tsc as a check of its own.
  typescript: { ignoreBuildErrors: true },
  async headers() {
    return [
      {
        source: "/:path*",
        headers: [
          { key: "X-Content-Type-Options", value: "nosniff" },
          { key: "Referrer-Policy", value: "strict-origin-when-cross-origin" },
        ],
      },
    ];
  },
};

export default config;
