import { theme as antd, type ThemeConfig } from "antd";
import { dark, fontFamily, light, radius } from "#lib/design/tokens";
import type { Scheme } from "../site/appearance.ts";

/** antd's theme out of the product's tokens. */
export function antdTheme(scheme: Scheme): ThemeConfig {
  const palette = scheme === "dark" ? dark : light;
  return {
    algorithm: scheme === "dark" ? antd.darkAlgorithm : antd.defaultAlgorithm,
    token: {
      fontFamily,
      fontSize: 14,
      borderRadius: radius,
      colorPrimary: palette.brand,
      // antd would make it lighter, and the text on it too faint to read.
      colorPrimaryHover: palette.brandHover,
      colorPrimaryActive: palette.brandHover,
      colorInfo: palette.waiting,
      colorSuccess: palette.success,
      colorWarning: palette.attention,
      colorError: palette.failure,
      colorErrorHover: palette.failure,
      colorErrorActive: palette.failure,
      // What antd derives from colours as dark as ours is murky.
      colorSuccessBg: palette.successSoft,
      colorWarningBg: palette.attentionSoft,
      colorErrorBg: palette.failureSoft,
      colorInfoBg: palette.waitingSoft,
      colorSuccessBorder: palette.success,
      colorWarningBorder: palette.attention,
      colorErrorBorder: palette.failure,
      colorInfoBorder: palette.waiting,
      colorLink: palette.brand,
      colorLinkHover: palette.brand,
      colorText: palette.ink,
      colorTextSecondary: palette.inkSoft,
      colorTextTertiary: palette.inkFaint,
      colorTextDescription: palette.inkFaint,
      colorTextPlaceholder: palette.inkFaint,
      colorBgLayout: palette.ground,
      colorBgContainer: palette.surface,
      colorBgElevated: palette.surface,
      colorBorder: palette.line,
      colorBorderSecondary: palette.line,
      boxShadow: palette.shadow,
      motionDurationFast: "0.1s",
      motionDurationMid: "0.14s",
      motionDurationSlow: "0.18s",
    },
    components: {
      Button: { primaryColor: palette.onBrand, primaryShadow: "none", defaultShadow: "none", dangerShadow: "none" },
      Table: {
        headerBg: palette.surface,
        headerColor: palette.inkSoft,
        headerSplitColor: "transparent",
        rowHoverBg: palette.brandSoft,
        cellPaddingBlockMD: 11,
        cellPaddingInlineMD: 16,
      },
      Menu: {
        itemBg: "transparent",
        itemHeight: 36,
        itemSelectedBg: palette.brandSoft,
        itemSelectedColor: palette.brand,
        groupTitleColor: palette.inkFaint,
        groupTitleFontSize: 12,
        activeBarBorderWidth: 0,
      },
      // A choice that is not taken must be seen too (WCAG 1.4.11).
      Radio: { colorBorder: palette.inkFaint },
      Checkbox: { colorBorder: palette.inkFaint },
      Segmented: { itemSelectedBg: palette.surface, trackBg: palette.ground },
    },
  };
}
