"""An offer, and the stay that comes of it: contract, keys, lists, report, and a closed file."""

from labbooking.residencies.seasons.models import Place
from labbooking.residencies.stays.models import Stay
from residents.models import Role, User
from tests.browser.in_language import link, told
from tests.journeys.residency.applying import comes_by_a_link
from tests.journeys.residency.house import EMAIL, NAME, address_in_a_mail, fill, posted, press
from tests.lab import berlin
from tests.residencies.stays.staying import again

OFFERED = berlin("2027-02-22 10:00")
ARRIVED, LEFT = berlin("2027-04-05 15:10"), berlin("2027-05-09 10:50")


def an_offer_is_sent(it):
    it.clock.at = OFFERED
    page, place = it.sit(it.sam), Place.objects.get()
    page.goto("/offers/")
    page.locator(f'a[href="/offers/new/{place.application_id}/"]').click()
    fill(page, arrive=f"{place.starts_on}", depart=f"{place.ends_on}")
    press(it, page, "Look at it first")
    press(it, page, "Send the offer", "The offer is sent, and the studio is kept.")


def it_is_accepted(it):
    """Without any password: a link to the same address leads back in."""
    offer = address_in_a_mail(it, r"/offers/\d+/")
    page = it.sit()
    page.goto("/apply/summer/")
    comes_by_a_link(it, page, "Go on")
    page.goto(offer)
    accepted = "You have accepted. The studio is yours in that time."
    press(it, page, "Accept the offer", accepted)
    link(page, it.said("The stay")).click()
    signs = "I have read the contract and sign it"
    press(it, page, signs, "It is written down as signed.")
    assert User.objects.get(email=EMAIL).role == Role.CREATIVE
    posted(it)


def somebody_arrives(it):
    it.clock.at = ARRIVED
    stay, page = Stay.objects.get(), it.sit(it.sam)
    hands_over(it, page, stay, "check-in", "{person} has it now.")
    page.goto(f"/stays/{stay.pk}/")
    page.locator("#deposit summary").click()
    fill(page, **{"deposit-in-euros": "300"})
    press(it, page, "It is paid", "The deposit is in.")
    page.locator("#keys summary").click()
    fill(page, **{"key-out-tag": "S1"})
    press(it, page, "Hand it out", "The key is handed out.")
    both_go_through_the_list(it, stay, "arrival")
    posted(it)


def hands_over(it, page, stay, act, then):
    page.goto("/desk/")
    page.locator(f'form[action="/desk/{stay.booking_id}/{act}/"] button').click()
    told(page, it.said(then, person=NAME))


def both_go_through_the_list(it, stay, kind, broken=""):
    page = it.sit(it.sam)
    page.goto(f"/stays/{stay.pk}/lists/{kind}/")
    press(it, page, "Begin the list")
    bed, lamp = page.locator(".check-item").nth(0), page.locator(".check-item").nth(1)
    bed.locator("input[value=ok]").check()
    lamp.locator(f"input[value={'damaged' if broken else 'ok'}]").check()
    lamp.locator("input[name$=words]").fill(broken)
    press(it, page, "Save and confirm", "You have confirmed the list.")
    page = it.sit(stay.person)
    page.goto(f"/stays/{stay.pk}/lists/{kind}/")
    press(it, page, "Save and confirm", "You have confirmed the list.")
    assert stay.checklists.get(kind=kind).is_confirmed


def somebody_leaves(it):
    it.clock.at = LEFT
    stay = Stay.objects.select_related("person").get()
    both_go_through_the_list(it, stay, "departure", broken="The foot is broken.")
    page = it.sit(it.sam)
    hands_over(it, page, stay, "check-out", "{person} has given it back.")
    page.goto(f"/stays/{stay.pk}/")
    page.locator('form[action$="/key-back/"] button').click()
    told(page, it.said("The key is back."))
    page.locator("#deposit summary").click()
    fill(page, **{"deposit-back-deductions": "25.00 lamp"})
    press(it, page, "Give it back", "The deposit is settled.")
    page = it.sit(stay.person)
    page.goto(f"/stays/{stay.pk}/")
    fill(page, **{"report-words": "The ropes hold."})
    press(it, page, "Send the report", "Thank you. The report is sent.")
    page = it.sit(it.sam)
    page.goto(f"/stays/{stay.pk}/")
    press(it, page, "Close the file", "The file is closed.")
    assert (again(stay).is_closed, again(stay).booking.state) == (True, "completed")
    posted(it)
