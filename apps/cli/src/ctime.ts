const DAYS = ['Sun', 'Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat'];
const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** As ctime(3) writes it, in the time zone of whoever looks, without the newline: `Thu Nov 26 15:16:29 2026`. */
export function ctime(at: Date): string {
  const two = (number: number): string => String(number).padStart(2, '0');
  const clock = [at.getHours(), at.getMinutes(), at.getSeconds()].map(two).join(':');
  const day = String(at.getDate()).padStart(2);
  return `${DAYS[at.getDay()]} ${MONTHS[at.getMonth()]} ${day} ${clock} ${at.getFullYear()}`;
}
