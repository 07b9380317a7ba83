// Says on every page when the site was not built anew for more than two days: what is due changes without any commit.
// The day of the build and the time zone stand in the page; today is the reader's clock in that zone.
{
  const notice = document.querySelector(".hy-stale");
  const today = new Intl.DateTimeFormat("sv-SE", { timeZone: notice?.dataset.zone }).format(new Date());
  if (notice && Date.parse(today) - Date.parse(notice.dataset.day) > 2 * 86400e3) notice.hidden = false;
}
