"""How is it told that a workbook cannot be read?"""

from __future__ import annotations

from matcher.language.wording import Wording, both

_SAVE_FR = "Ouvrez-le dans {program} puis enregistrez-le au format « Classeur Excel (.xlsx) »."
_SAVE_EN = "Open it in {program}, then save it as “Excel Workbook (.xlsx)”."
_EXCEL = "Excel ou LibreOffice", "Excel or LibreOffice"


def _save_as(fr: str, en: str, programs: tuple[str, str] = _EXCEL) -> dict[str, Wording]:
    """A file of another kind: the fix is to save it again as a workbook."""
    french, english = programs
    return both(fr, _SAVE_FR.format(program=french), en, _SAVE_EN.format(program=english))


_AGAIN_FR = "Ouvrez-le dans Excel ou LibreOffice et enregistrez-le à nouveau au format .xlsx"
_AGAIN_EN = "Open it in Excel or LibreOffice and save it again as .xlsx"

REASONS: dict[str, dict[str, Wording]] = {
    # --------------------------------------------------------------------------- the file as such
    "unreadable": both(
        "Le fichier ne peut pas être ouvert.",
        "Vérifiez son chemin ; s'il est ouvert dans Excel, fermez-le d'abord.",
        "The file cannot be opened.",
        "Check its path; if it is open in Excel, close it first.",
    ),
    "empty_file": both(
        "Le fichier est vide (0 octet).",
        "Téléchargez-le ou enregistrez-le à nouveau.",
        "The file is empty (0 bytes).",
        "Download it or save it again.",
    ),
    "file_too_large": both(
        "Le fichier dépasse {limit}.",
        "Partagez-le en plusieurs fichiers, ou enregistrez la feuille utile en CSV.",
        "The file is larger than {limit}.",
        "Split it into several files, or save the sheet you need as CSV.",
    ),
    "lock_file": both(
        "Ce fichier est le témoin que laisse Excel à côté d'un classeur ouvert, pas le classeur.",
        "Choisissez le fichier du même nom sans « ~$ » au début.",
        "This file is the marker that Excel leaves beside an open workbook, not the workbook.",
        "Choose the file of the same name without “~$” at the start.",
    ),
    "damaged": both(
        "Le classeur est abîmé ou incomplet ({part}).",
        f"{_AGAIN_FR} ; s'il vient d'un téléchargement, téléchargez-le à nouveau.",
        "The workbook is damaged or incomplete ({part}).",
        f"{_AGAIN_EN}; if it was downloaded, download it again.",
    ),
    # ------------------------------------------------------------------------------ another format
    "password": both(
        "Le classeur est protégé par un mot de passe ou par une étiquette de confidentialité.",
        "Ouvrez-le dans Excel, retirez la protection (Fichier > Informations > Protéger le "
        "classeur), puis enregistrez-le.",
        "The workbook is protected by a password or by a sensitivity label.",
        "Open it in Excel, remove the protection (File > Info > Protect Workbook), then save it.",
    ),
    "old_excel": _save_as(
        "C'est un ancien classeur Excel (.xls), quel que soit son nom.",
        "This is an old Excel workbook (.xls), whatever its name.",
    ),
    "binary_excel": _save_as(
        "C'est un classeur Excel binaire (.xlsb), quel que soit son nom.",
        "This is a binary Excel workbook (.xlsb), whatever its name.",
    ),
    "xml_2003": _save_as(
        "C'est une feuille de calcul XML 2003, quel que soit son nom.",
        "This is an XML Spreadsheet 2003, whatever its name.",
    ),
    "opendocument": _save_as(
        "C'est un classeur LibreOffice (.ods), quel que soit son nom.",
        "This is a LibreOffice workbook (.ods), whatever its name.",
        ("LibreOffice ou Excel", "LibreOffice or Excel"),
    ),
    "numbers": both(
        "C'est un classeur Numbers d'Apple, quel que soit son nom.",
        "Dans Numbers : Fichier > Exporter vers > Excel.",
        "This is an Apple Numbers workbook, whatever its name.",
        "In Numbers: File > Export To > Excel.",
    ),
    "html": _save_as(
        "C'est une page web (HTML) renommée en classeur.",
        "This is a web page (HTML) renamed as a workbook.",
    ),
    "text": both(
        "C'est un fichier de texte, sans doute un CSV renommé en classeur.",
        "Donnez-lui l'extension .csv, ou ouvrez-le dans Excel puis enregistrez-le en .xlsx.",
        "This is a text file, most likely a CSV renamed as a workbook.",
        "Give it the extension .csv, or open it in Excel and save it as .xlsx.",
    ),
    "other_document": both(
        "C'est un autre document ({kind}), pas un classeur.",
        "Choisissez le classeur Excel (.xlsx ou .xlsm) qui contient le tableau.",
        "This is another document ({kind}), not a workbook.",
        "Choose the Excel workbook (.xlsx or .xlsm) that holds the table.",
    ),
    "zipped": both(
        "C'est un dossier compressé (.zip), pas un classeur.",
        "Ouvrez-le, sortez-en le classeur, puis choisissez ce classeur.",
        "This is a compressed folder (.zip), not a workbook.",
        "Open it, take the workbook out of it, then choose that workbook.",
    ),
    "not_a_workbook": both(
        "Ce n'est pas un classeur Excel.",
        "Choisissez un fichier .xlsx ou .xlsm.",
        "This is not an Excel workbook.",
        "Choose a file .xlsx or .xlsm.",
    ),
    # ------------------------------------------------------------------------------- more than fair
    "too_large": both(
        "Le classeur, une fois décompressé, dépasse {limit} ({part}).",
        "Gardez la feuille et les colonnes utiles dans un nouveau classeur, ou partagez-le.",
        "Once unpacked, the workbook is larger than {limit} ({part}).",
        "Keep the sheet and the columns that you need in a new workbook, or split it.",
    ),
    "too_dense": both(
        "Le classeur se décompresse en plus de {limit} fois sa taille ({part}) : c'est le signe "
        "d'un fichier piégé, ou de colonnes entières mises en forme.",
        "Copiez le tableau seul dans un nouveau classeur.",
        "The workbook unpacks to more than {limit} times its size ({part}): the sign of a booby-"
        "trapped file, or of whole columns with a format.",
        "Copy the table alone into a new workbook.",
    ),
    "too_many_parts": both(
        "Le classeur contient trop de morceaux (plus de {limit}).",
        "Copiez le tableau seul dans un nouveau classeur.",
        "The workbook holds too many parts (more than {limit}).",
        "Copy the table alone into a new workbook.",
    ),
    "too_many_strings": both(
        "Le classeur contient trop de textes différents (plus de {limit}).",
        "Gardez les colonnes utiles dans un nouveau classeur, ou partagez-le.",
        "The workbook holds too many different texts (more than {limit}).",
        "Keep the columns that you need in a new workbook, or split it.",
    ),
    "too_many_cells": both(
        "La feuille contient trop de cellules (plus de {limit}).",
        "Gardez les colonnes utiles dans un nouveau classeur, ou partagez-le.",
        "The sheet holds too many cells (more than {limit}).",
        "Keep the columns that you need in a new workbook, or split it.",
    ),
    "text_too_long": both(
        "Une cellule contient plus de {limit} caractères.",
        "Raccourcissez son texte : Excel lui-même s'arrête à 32 767.",
        "A cell holds more than {limit} characters.",
        "Shorten its text: Excel itself stops at 32,767.",
    ),
    "too_deep": both(
        "Le contenu du classeur est imbriqué sur trop de niveaux ({part}).",
        f"{_AGAIN_FR}.",
        "The content of the workbook is nested too deeply ({part}).",
        f"{_AGAIN_EN}.",
    ),
    "too_many_merged": both(
        "La feuille fusionne trop de cellules (plus de {limit}).",
        "Sélectionnez le tableau et défusionnez les cellules.",
        "The sheet merges too many cells (more than {limit}).",
        "Select the table and unmerge its cells.",
    ),
    "doctype": both(
        "Le classeur déclare un type de document XML, ce qu'aucun tableur n'écrit ({part}).",
        f"{_AGAIN_FR}, et vérifiez d'où il vient.",
        "The workbook declares an XML document type, which no spreadsheet program does ({part}).",
        f"{_AGAIN_EN}, and check where it comes from.",
    ),
    # ---------------------------------------------------------------------------------- the sheets
    "no_sheet": both(
        "Le classeur n'a aucune feuille de calcul visible.",
        "Affichez la feuille qui contient le tableau, ou nommez-la.",
        "The workbook has no visible worksheet.",
        "Unhide the sheet that holds the table, or name it.",
    ),
    "no_such_sheet": both(
        "Le classeur n'a pas de feuille « {name} ».",
        "Choisissez parmi : {known}.",
        "The workbook has no sheet “{name}”.",
        "Choose among: {known}.",
    ),
    "too_many_sheets": both(
        "Le classeur a plus de {limit} feuilles.",
        "Copiez le tableau seul dans un nouveau classeur.",
        "The workbook has more than {limit} sheets.",
        "Copy the table alone into a new workbook.",
    ),
}
