// Tells the server which clock to show moments by.
const zone = Intl.DateTimeFormat().resolvedOptions().timeZone;
if (zone) {
  document.cookie = `tidewaiter_zone=${encodeURIComponent(zone)}; Path=/desk; Max-Age=31536000; SameSite=Lax`;
}
