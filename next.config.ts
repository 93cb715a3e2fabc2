import type { NextConfig } from "next";

const config: NextConfig = {
  poweredByHeader: false,
  // Native code, or packages that look for their own files at run time: Node loads them from node_modules.
  serverExternalPackages: ["@node-rs/argon2", "graphile-worker", "pg", "pino", "postgres"],
  // `npm test` runs tsc as a check of its own.
  typescript: { ignoreBuildErrors: true },
  experimental: {
    globalNotFound: true,
    // React's and Next's scripts stand in the page with their hash: one that was altered on its way does not run. Next
    // gives none to a page's own scripts; lib/page-security compares those.
    sri: { algorithm: "sha384" },
  },
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
