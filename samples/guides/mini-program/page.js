// pages/pay/pay.js of the mini program. Add your server's domain to its request domains first.
const server = "https://shop.example";

Page({
  data: { state: "ready" },

  pay() {
    this.setData({ state: "paying" });
    wx.login({
      success: ({ code }) => {
        wx.request({
          url: `${server}/pay?code=${encodeURIComponent(code)}`,
          method: "POST",
          success: ({ statusCode, data }) => {
            if (statusCode !== 200) return this.setData({ state: "failed" });
            this.confirm(data.parameters);
          },
          fail: () => this.setData({ state: "failed" }),
        });
      },
      fail: () => this.setData({ state: "failed" }),
    });
  },

  confirm({ timeStamp, nonceStr, package: prepay, signType, paySign }) {
    wx.requestPayment({
      timeStamp,
      nonceStr,
      package: prepay,
      signType,
      paySign,
      // The phone's word only: your server ships when the webhook order.paid has come.
      success: () => this.setData({ state: "confirmed" }),
      fail: ({ errMsg }) => this.setData({ state: errMsg.endsWith("cancel") ? "ready" : "failed" }),
    });
  },
});
